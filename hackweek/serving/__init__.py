"""An event shown while it is edited: files watched, pages served, mistakes shown in the page."""
