"""The commands, one module a family; a module is imported when one of its commands is run."""
