"""The machine's desktop: its notifications and voice; locked, in a call, filled by one window, or quiet."""
