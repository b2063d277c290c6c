"""What the data files say: measures, GUIDs, profiles of the years, what CMS asks of submissions."""
