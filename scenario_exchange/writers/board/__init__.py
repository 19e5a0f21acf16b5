"""The printable storyboard: its content in parts (`content`), which the HTML and the Word writer lay out."""
