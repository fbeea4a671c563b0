"""How a character reads as a surname: 单 is shan and not dan, 尉迟 is yu chi."""

from __future__ import annotations

import functools
from collections import defaultdict
from string import ascii_lowercase
from typing import Final, NamedTuple

import numpy as np

from lib.search.characters import NO_CHARACTERS, Characters, membership, union
from lib.search.pinyin import Readings, readings
from lib.search.writings import writings_of

# Each entry is a syllable and the characters that read so as a surname, where pypinyin lists
# several readings. Written for this board after the usual readings of the surnames (《百家姓》,
# 《现代汉语词典》), because pypinyin brings no table of surnames.
_SURNAMES: Final = """
wu吴毋 wang王汪 feng冯封 chu褚 shen沈慎莘 zhu朱祝竺 xu许 shi施石 tao陶 qi戚祁齐 bai柏白 pan潘
peng彭 fang方房 yu俞余於 ren任 ni倪 tang汤 yin殷尹印 hao郝 yue乐越 yu于 bian卞 bu卜 ping平
he和霍贺 yao姚幺 zhan湛詹占 di狄 ming明 zang臧藏 shu舒术 qu屈瞿 dong董 du杜都堵 ruan阮 lan蓝
qiang强 jia贾家 lu路陆逯六芦 tong童 sheng盛 xia夏 cai蔡 huo霍 wan万宛 zhi支 mo莫墨 miao缪 gan干甘
xie解颉 ding丁 ben贲 deng邓 shan单 hang杭 bao包暴 ji嵇姬籍暨纪 xing邢 hua滑华 pei裴 zhen甄 rui芮
mi糜宓 jiao焦 wei隗蔚尉 gu谷古 che车 xi郗 yang仰 ning宁 qiu仇 dou钭 rong戎容 zu祖 jing景 ye叶
xing幸 si司 bo薄 su宿 huai怀 pu蒲 cong从 xian咸冼洗 chi池 nai能佴 zhai翟祭 pang逄 fu扶 ran冉
shang尚 wen温 zhuang庄 chai柴 ai艾 ju居鞠 kuang匡 guang广 chao晁 leng冷 kan阚 na那 zeng曾 sha沙
nie乜 zha查扎 hong红 you游有 ge盖 tu涂 kang亢 mu牟 bo伯 ha哈 nian年粘 yan言 ou区 piao朴 qin覃
chong种重 she折 shao召 hui会 bi秘 yun员 po繁 huan郇 juan隽 qie郄 shui税 yuan苑 tan檀 se色 xin信
jie揭 jiang降 dao刀 mao冒 hua化 da达 xing行 a阿 li栗 di底 xiao校 guo过 yan燕 nan难南 hou侯 ying应
zi訾
"""

# Compound surnames whose first character reads differently in them than alone. One of them may
# also be a single surname and a given name (单 + 于飞), so both readings find it.
_COMPOUNDS: Final = """
尉迟 yu chi
单于 chan yu
万俟 mo qi
长孙 zhang sun
鲜于 xian yu
澹台 tan tai
令狐 ling hu
宰父 zai fu
亓官 qi guan
仇尼 qiu ni
"""


class Compound(NamedTuple):
    """A surname of two characters and its two syllables."""

    characters: str
    first: str
    second: str

    @property
    def spelled(self) -> str:
        """Both syllables."""
        return self.first + self.second

    @property
    def initials(self) -> str:
        """The first letter of each."""
        return self.first[0] + self.second[0]


@functools.cache
def compounds() -> list[Compound]:
    """Give the compound surnames that read in a way of their own."""
    lines = _COMPOUNDS.strip().splitlines()
    return [Compound(*line.split()) for line in lines]


@functools.cache
def surname_readings() -> Readings:
    """Give the characters of each syllable as surnames: what is listed reads only as listed."""
    by_sound = listed()
    is_listed = membership(union(by_sound.values()))
    by_syllable = {}
    for syllable, characters in readings().by_syllable.items():
        unlisted = characters[~is_listed[characters]]
        surnames = by_sound.get(syllable, NO_CHARACTERS)
        by_syllable[syllable] = np.append(unlisted, surnames)
    return Readings(by_syllable)


@functools.cache
def listed() -> dict[str, Characters]:
    """Give the listed surnames by their syllable, in each writing."""
    sets: dict[str, list[Characters]] = defaultdict(list)
    for entry in _SURNAMES.split():
        surnames = entry.lstrip(ascii_lowercase)
        syllable = entry.removesuffix(surnames)
        for surname in surnames:
            sets[syllable].append(writings_of(surname))
    return {syllable: union(written) for syllable, written in sets.items()}
