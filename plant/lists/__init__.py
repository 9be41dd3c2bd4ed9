"""Lists as data: a room says once what a list shows, and gets search, filters, sorting, paging, files and bulk acts."""
