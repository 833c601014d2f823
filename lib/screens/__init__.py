"""Parts of pages: what a page is made of where one file would grow too long. Known to pages alone."""
