"""The rules of templates and of what is built: `hackweek.template_faults`, `hackweek.gate`."""

from hackweek.rules import Rule

RULES = (
    Rule(
        name="undefined-variable",
        why="A name that the event file does not have would be published as a gap or as text.",
        bad="Open << jupyterhub_ulr >>.",
        good="Open << jupyterhub_url >>.",
    ),
    Rule(
        name="missing-value",
        why="The event leaves this key out, so there is nothing to print.",
        bad="Ask in << help_channel >>.",
        good="<% if help_channel %>Ask in << help_channel >>.<% endif %>",
    ),
    Rule(
        name="not-text",
        why="A list, a yes or no, or a macro without parentheses prints as Python spells it.",
        bad="Ask << contact >>.",
        good="Ask << contact() >>.",
    ),
    Rule(
        name="unknown-macro",
        why="There is no macro of this name, so nothing could be printed.",
        bad="<< contatc() >>",
        good="<< contact() >>",
    ),
    Rule(
        name="unknown-filter",
        why="There is no filter of this name, so nothing could be printed.",
        bad="<< hub_name | uper >>",
        good="<< hub_name | upper >>",
    ),
    Rule(
        name="unknown-test",
        why='There is no test of this name for "is".',
        bad="<% if hub_name is defned %>",
        good="<% if hub_name is defined %>",
    ),
    Rule(
        name="wrong-arguments",
        why="A macro is called with too few, too many or other arguments than it has.",
        bad="<< date() >>",
        good="<< date(start_date) >>",
    ),
    Rule(
        name="template-syntax",
        why="The expression or block cannot be read, or blocks do not fit together.",
        bad="<% if slack_url %> … and no <% endif %>",
        good="<% if slack_url %> … <% endif %>",
    ),
    Rule(
        name="template-error",
        why="The expression can be read, and fails for this event's values.",
        bad="<< hub_name + 1 >>",
        good="<< hub_name >>",
    ),
    Rule(
        name="unsafe-template",
        why="Lessons are contributed text; they use values and macros, and never reach Python.",
        bad="<< hub_name.__class__ >>",
        good="<< hub_name >>",
    ),
    Rule(
        name="unrendered-template",
        why="It is meant as a template and would be published as it stands.",
        bad="Open <<jupyterhub_url>>.",
        good="Open << jupyterhub_url >>.",
    ),
    Rule(
        name="template-in-front-matter",
        why="Front matter is not rendered: the marks would show in the navigation.",
        bad="title: Welcome to << name >>",
        good="title: Welcome",
    ),
    Rule(
        name="left-over",
        why="The built site holds a placeholder, or marks of a template that no lesson wrote.",
        bad="Write to INSERT_ADDRESS.",
        good="Write to << contact() >>.",
    ),
)
