mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix            = "mht-api-staging"
  dns_name               = "staging.api.amygdalas.com"
  hosted_zone_name       = "amygdalas.com"
  load_balancer_dns_name = "mht-api-staging-lb-0123456789.us-east-1.elb.amazonaws.com"
  load_balancer_zone_id  = "Z35SXDOTRQ7X7K"
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # a name of another zone
    dns_name = "api.example.com"

    # no load balancer name
    load_balancer_dns_name = ""

    # a zone name as id
    load_balancer_zone_id = "amygdalas.com"
  }

  expect_failures = [
    var.name_prefix,
    var.dns_name,
    var.load_balancer_dns_name,
    var.load_balancer_zone_id,
  ]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # a zone with a trailing dot
    hosted_zone_name = "amygdalas.com."
  }

  expect_failures = [var.hosted_zone_name]
}
