"""What the board costs, as ratios to a plain page and to bare libraries, all from one run."""
