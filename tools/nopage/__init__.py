"""The host side of nopage: building, packing archives, booting, and telling how a run ended."""
