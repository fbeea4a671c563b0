"""Forms that departments fill in: made for a list and a period, and read when they come back.

Out: `asked` says who is; `of_period` or `of_department`, then `write` or `write_all`. In:
`apart.reader.whole` of the files, then `read`, which gives a `Preview`; its `drafts` are what
confirming records. `write_corrections` gives a file back with what is to be corrected.
"""

from lib.ledger.forms.columns import ANSWERS
from lib.ledger.forms.corrections import write as write_corrections
from lib.ledger.forms.form import (
    Basis,
    Form,
    FormRow,
    Roles,
    asked,
    file_name,
    of_department,
    of_period,
)
from lib.ledger.forms.preview import Preview, PreviewFile, PreviewRow, Verdict
from lib.ledger.forms.reading import read
from lib.ledger.forms.stamp import Stamp
from lib.ledger.forms.workbook import Filled, write, write_all

__all__ = [
    "ANSWERS",
    "Basis",
    "Filled",
    "Form",
    "FormRow",
    "Preview",
    "PreviewFile",
    "PreviewRow",
    "Roles",
    "Stamp",
    "Verdict",
    "asked",
    "file_name",
    "of_department",
    "of_period",
    "read",
    "write",
    "write_all",
    "write_corrections",
]
