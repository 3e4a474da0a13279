mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix  = "mht-api-staging"
  environment  = "staging"
  instance_ids = ["i-0123456789abcdef0"]
  kms_key_arn  = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  start        = "07:00"
  stop         = "20:00"
  weekdays     = ["mon", "tue", "wed", "thu", "fri"]
  time_zone    = "Europe/Berlin"
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # a wildcard as environment
    environment = "*"

    # no instances
    instance_ids = []

    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # an hour without minutes
    start = "7"

    # a day's full name
    weekdays = ["monday"]

    # an offset
    time_zone = "+02:00"
  }

  expect_failures = [
    var.name_prefix,
    var.environment,
    var.instance_ids,
    var.kms_key_arn,
    var.start,
    var.weekdays,
    var.time_zone,
  ]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # a name too long for its schedules
    name_prefix = "a-project-with-a-name-that-takes-up-everything-staging"

    # names as ids
    instance_ids = ["mht-api-staging-0"]

    # stopped before it is started
    start = "20:00"
    stop  = "07:00"

    # a day twice
    weekdays = ["mon", "mon"]

    # an abbreviation
    time_zone = "CET"
  }

  expect_failures = [
    var.name_prefix,
    var.instance_ids,
    var.stop,
    var.weekdays,
    var.time_zone,
  ]
}

run "rejects_wrong_values_3" {
  command = plan

  variables {
    # on for no time at all
    start = "20:00"
    stop  = "20:00"

    # no day
    weekdays = []
  }

  expect_failures = [var.stop, var.weekdays]
}

run "rejects_wrong_values_4" {
  command = plan

  variables {
    # an hour after midnight
    stop = "24:00"
  }

  expect_failures = [var.stop]
}
