# Every target is one line; without make, run that line.
PYTHON ?= python3

.PHONY: install demo test servers lock
install demo test servers lock:
	@$(PYTHON) -m ops $@
