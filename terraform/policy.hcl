# What the team has decided about each environment. mhtctl reads this file; Terraform does not.
#
# An environment without a block here gets the defaults: only "production" is protected, nothing is
# promoted, and health is asked of /health for up to 300 seconds, every 5 seconds.

environment "staging" {
  # Confirmed by y/N on a terminal, by --yes without one.
  protected = false

  # What follows a deployment that is not healthy: the rollback is offered, or with "rollback" made at once.
  # on_unhealthy = "rollback"
}

environment "production" {
  # Confirmed by typing the environment's name, or by --confirm production; --yes alone never does.
  protected = true

  # Whether `mhtctl destroy` may take it away. What is protected may not, unless it says so here.
  # destroyable = true

  # A commit is deployed here only when it is what was deployed there, is healthy there now, and nothing was
  # changed there by hand; with promoted_after_minutes, only when it has been there for so long.
  promoted_from = "staging"
  # promoted_after_minutes = 30

  # How a deployment is found healthy. `url` would replace the environment's own API URL and the path.
  health {
    path             = "/health"
    deadline_seconds = 300
    interval_seconds = 5
  }

  # Whether a schedule may stop its instances at night (docs/off-hours.md). Not in a protected environment
  # unless it is said here.
  # off_hours = true

  # What it may cost, by what falls due in any case (docs/cost.md). More is refused, or with
  # on_excess = "warn" said. Not limited until amounts are set here.
  # cost {
  #   max_monthly  = 300 # USD a month in all
  #   max_increase = 50  # USD a month that one deployment adds
  #   on_excess    = "refuse"
  # }
}
