"""Makes a folder a project: settings, a workflow, a hook, and git's merge driver."""
