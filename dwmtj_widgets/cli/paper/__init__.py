"""``dwmtj paper``."""
