"""The works behind the admin console: sheets of master data, groups of its sidebar, checks of its health page."""
