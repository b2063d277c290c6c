"""The measure packages that CMS gives to vendors, and the catalog of a year that is made of one."""
