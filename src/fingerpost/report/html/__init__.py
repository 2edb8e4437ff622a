"""Pages: HTML from templates, printed or turned into PDF; nothing is fetched from anywhere."""
