"""How Debian's Chromium is started: without a screen, and without asking anyone else for anything."""

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
