"""What the board costs, as ratios to a plain page and to bare libraries, measured in one run on one machine."""
