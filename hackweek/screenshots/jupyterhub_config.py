"""JupyterHub's configuration, which `jupyterhub` itself reads and runs.

A local hub that looks and behaves as one on Kubernetes: GitHub's sign-in and KubeSpawner's
form are the real ones. https://jupyterhub.readthedocs.io/en/stable/reference/config-reference.html
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from jupyterhub.spawner import SimpleLocalProcessSpawner
from kubespawner import KubeSpawner
from oauthenticator.github import GitHubOAuthenticator
from traitlets import List, Unicode

run = Path(os.environ["HUB_RUN"])
hub, api, proxy_api, github = json.loads(os.environ["HUB_URLS"])
stage = json.loads((run / "stage.json").read_text("utf-8"))


class LocalKubeSpawner(SimpleLocalProcessSpawner):  # type: ignore[misc]
    """Local processes, with KubeSpawner's own form and the words of Kubernetes' events.

    https://jupyterhub-kubespawner.readthedocs.io/en/latest/spawner.html
    """

    profile_list: Any = List(config=True)
    profile_form_template = Unicode()
    additional_profile_form_template_paths: Any = List()
    _render_options_form = KubeSpawner._render_options_form
    _get_initialized_profile_list = KubeSpawner._get_initialized_profile_list
    _validate_user_options = KubeSpawner._validate_user_options
    _get_profile = KubeSpawner._get_profile
    _options_from_form = KubeSpawner._options_from_form

    async def get_options_form(self) -> str:
        """The page with the choice of images."""
        return str(self._render_options_form(self.profile_list))

    def options_from_form(self, form: dict[str, list[str]]) -> dict[str, Any]:
        """The choice that was made."""
        return dict(self._options_from_form(form))

    async def start(self) -> Any:
        """Starts when the journey lets it: the page that tells of it shows for long enough."""
        while (run / "hold").exists():
            await asyncio.sleep(0.05)
        return await super().start()

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """What Kubernetes tells of a start."""
        pod = f"jupyter-{self.user.name}"
        yield {"progress": 20, "message": "Server requested"}
        yield {"progress": 40, "message": f"[Normal] Successfully assigned jhub/{pod} to node"}
        yield {"progress": 60, "message": "[Normal] Pulling image"}
        yield {"progress": 80, "message": "[Normal] Started container notebook"}
        while not self.ready:  # the hub itself tells the end
            await asyncio.sleep(60)


c = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub's name

c.JupyterHub.bind_url = hub
c.JupyterHub.hub_bind_url = api
c.JupyterHub.db_url = f"sqlite:///{run}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(run / "cookie-secret")
c.JupyterHub.shutdown_on_logout = stage["logout_stops_server"]
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0}  # always the page that tells of a start
c.ConfigurableHTTPProxy.api_url = proxy_api
c.ConfigurableHTTPProxy.command = json.loads(os.environ["HUB_PROXY"])
c.ConfigurableHTTPProxy.pid_file = str(run / "proxy.pid")

c.JupyterHub.authenticator_class = GitHubOAuthenticator
c.GitHubOAuthenticator.github_url = github
c.GitHubOAuthenticator.client_id = "hackweek"
c.GitHubOAuthenticator.client_secret = os.environ["HUB_TOKEN"]  # the stand-in does not ask
c.GitHubOAuthenticator.oauth_callback_url = f"{hub}/hub/oauth_callback"
c.GitHubOAuthenticator.allowed_organizations = {stage["organization"]}
c.GitHubOAuthenticator.scope = ["read:org"]

c.JupyterHub.services = [{"name": "stagehand", "api_token": os.environ["HUB_TOKEN"]}]
c.JupyterHub.load_roles = [
    {
        "name": "stagehand",
        "services": ["stagehand"],
        "scopes": ["admin:users", "admin:servers", "access:servers"],
    }
]

c.JupyterHub.spawner_class = LocalKubeSpawner
c.LocalKubeSpawner.profile_list = [
    {
        "slug": "hackweek",
        "display_name": stage["image_title"],
        "description": stage["image_description"],
        "default": True,
    }
]
c.SimpleLocalProcessSpawner.home_dir_template = str(run / "home/{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.Spawner.env_keep = ["PATH", "PYTHONPATH", "TZ", "LANG"]
c.Spawner.environment = json.loads((run / "environment.json").read_text("utf-8"))
