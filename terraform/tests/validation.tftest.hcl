mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  environment        = "staging"
  vpc_cidr           = "10.1.0.0/16"
  dns_name           = "staging.api.amygdalas.com"
  instance_count     = 1
  instance_type      = "t2.micro"
  container_image    = "amygdalas/mht-api:1.0.0"
  data_bucket_suffix = "raw-data-collection"
  sqs_queue_configurations = {
    feedback = {
      message_retention_seconds  = 86400
      visibility_timeout_seconds = 60
      max_receive_count          = 2
      alarm_max_depth            = 50
    }
  }
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # an environment in upper case
    environment = "Staging"

    # a zone as region
    aws_region = "us-east-1a"

    # an account with dashes
    aws_account_id = "1234-5678-9012"

    # a role name as arn
    assume_role_arn = "deploy"

    # a cidr with host bits
    vpc_cidr = "10.1.0.1/16"

    # a url as dns name
    dns_name = "https://staging.api.amygdalas.com"

    # no instances
    instance_count = 0

    # a size as instance type
    instance_type = "medium"

    # a root volume too small
    root_volume_size = 4

    # an unpinned image
    container_image = "amygdalas/mht-api"

    # port zero
    container_port = 0

    # no log retention
    s3_log_retention_days = 0

    # a queue key in upper case
    sqs_queue_configurations = {
      Feedback = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
    }

    # a name as address
    alarm_email_addresses = ["oncall"]

    # a retention that cloudwatch lacks
    log_retention_days = 45
  }

  expect_failures = [
    var.environment,
    var.aws_region,
    var.aws_account_id,
    var.assume_role_arn,
    var.vpc_cidr,
    var.dns_name,
    var.instance_count,
    var.instance_type,
    var.root_volume_size,
    var.container_image,
    var.container_port,
    var.s3_log_retention_days,
    var.sqs_queue_configurations,
    var.alarm_email_addresses,
    var.log_retention_days,
  ]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # an environment with a dash
    environment = "pre-production"

    # a vpc too small
    vpc_cidr = "10.1.0.0/24"

    # a dns name outside the zone
    dns_name = "api.example.com"

    # half an instance
    instance_count = 1.5

    # an image name as ami
    ami_id = "al2023"

    # the latest image
    container_image = "amygdalas/mht-api:latest"

    # a queue key of a dead letter queue
    sqs_queue_configurations = {
      feedback-dlq = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
    }
  }

  expect_failures = [
    var.environment,
    var.vpc_cidr,
    var.dns_name,
    var.instance_count,
    var.ami_id,
    var.container_image,
    var.sqs_queue_configurations,
  ]
}

run "rejects_wrong_values_3" {
  command = plan

  variables {
    # an arm type with the image of x86_64
    instance_type = "t4g.micro"

    # a project with underscores
    project_name = "mht_api"

    # a zone with a trailing dot
    hosted_zone_name = "amygdalas.com."

    # a message retention over 14 days
    sqs_queue_configurations = {
      feedback = {
        message_retention_seconds  = 1209601
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
    }
  }

  expect_failures = [
    var.instance_type,
    var.project_name,
    var.hosted_zone_name,
    var.sqs_queue_configurations,
  ]
}

run "rejects_wrong_values_4" {
  command = plan

  variables {
    # a project too long for the load balancer
    project_name = "a-project-with-a-long-name"

    # a visibility timeout over 12 hours
    sqs_queue_configurations = {
      feedback = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 43201
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
    }
  }

  expect_failures = [var.project_name, var.sqs_queue_configurations]
}

run "rejects_wrong_values_5" {
  command = plan

  variables {
    # a bucket suffix in upper case
    data_bucket_suffix = "Raw-Data"

    # no tries
    sqs_queue_configurations = {
      feedback = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 0
        alarm_max_depth            = 50
      }
    }
  }

  expect_failures = [var.data_bucket_suffix, var.sqs_queue_configurations]
}

run "rejects_wrong_values_6" {
  command = plan

  variables {
    # a bucket suffix too long
    data_bucket_suffix = "raw-data-collection-of-everything-that-was-ever-recorded"

    # an alarm at depth zero
    sqs_queue_configurations = {
      feedback = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 0
      }
    }
  }

  expect_failures = [var.data_bucket_suffix, var.sqs_queue_configurations]
}

run "rejects_wrong_values_7" {
  command = plan

  variables {
    # the bucket of the logs
    data_bucket_suffix = "logs"
  }

  expect_failures = [var.data_bucket_suffix]
}

run "accepts_what_only_looks_like_arm" {
  command = plan

  variables {
    instance_type = "g4dn.xlarge"
  }

  assert {
    condition     = var.instance_type == "g4dn.xlarge"
    error_message = "A family that begins with g is x86_64."
  }
}

run "accepts_an_arm_type_with_an_image_of_its_own" {
  command = plan

  variables {
    instance_type = "t4g.micro"
    ami_id        = "ami-0fedcba9876543210"
  }

  assert {
    condition     = var.instance_type == "t4g.micro"
    error_message = "An Arm type must be usable with an Arm image."
  }
}

run "rejects_off_hours_with_a_time_without_minutes" {
  command = plan

  variables {
    off_hours = {
      start     = "7"
      stop      = "20:00"
      weekdays  = ["mon"]
      time_zone = "Europe/Berlin"
    }
  }

  expect_failures = [var.off_hours]
}

run "rejects_off_hours_with_a_stop_before_the_start" {
  command = plan

  variables {
    off_hours = {
      start     = "20:00"
      stop      = "07:00"
      weekdays  = ["mon"]
      time_zone = "Europe/Berlin"
    }
  }

  expect_failures = [var.off_hours]
}

run "rejects_off_hours_with_a_days_full_name" {
  command = plan

  variables {
    off_hours = {
      start     = "07:00"
      stop      = "20:00"
      weekdays  = ["monday"]
      time_zone = "Europe/Berlin"
    }
  }

  expect_failures = [var.off_hours]
}

run "rejects_off_hours_with_an_abbreviated_time_zone" {
  command = plan

  variables {
    off_hours = {
      start     = "07:00"
      stop      = "20:00"
      weekdays  = ["mon"]
      time_zone = "CET"
    }
  }

  expect_failures = [var.off_hours]
}
