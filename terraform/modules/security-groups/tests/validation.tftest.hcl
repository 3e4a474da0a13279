mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix    = "mht-api-staging"
  vpc_id         = "vpc-0123456789abcdef0"
  container_port = 8080
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # a vpc name
    vpc_id = "mht-api-staging-vpc"

    # port zero
    container_port = 0
  }

  expect_failures = [var.name_prefix, var.vpc_id, var.container_port]
}
