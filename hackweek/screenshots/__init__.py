"""Pictures of the hub: journeys driven through a real JupyterHub, captured and compared."""
