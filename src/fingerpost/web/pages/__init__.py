"""The pages, one module for each group of them; a page shows what the rooms below say, and decides nothing."""
