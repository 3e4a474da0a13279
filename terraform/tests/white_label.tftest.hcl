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

run "another_brand_changes_one_value" {
  command = plan

  variables {
    project_name = "acme"
  }

  assert {
    condition = [output.instance_names[0], output.dynamodb_table_name, output.queue_names["feedback"], local.load_balancer_name] == [
      "acme-staging-0", "acme-staging-table", "acme-staging-processing-feedback.fifo", "acme-staging-lb",
    ]
    error_message = "Every name must follow project_name."
  }

  assert {
    condition     = !strcontains(jsonencode([output.instance_names, output.data_bucket_name, output.dynamodb_table_name, output.queue_names, module.monitoring.alarm_names, local.tags, local.log_group_names]), "mht-api")
    error_message = "Nothing may keep another brand's name."
  }
}

run "any_number_of_queues" {
  command = plan

  variables {
    sqs_queue_configurations = {
      feedback = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
      bulk-exports = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
        alarm_max_depth            = 50
      }
    }
  }

  assert {
    condition     = contains(keys(output.application_environment), "BULK_EXPORTS_QUEUE_URL") && contains(keys(output.application_environment), "FEEDBACK_QUEUE_URL")
    error_message = "Each queue must get a variable that a shell accepts."
  }

  assert {
    condition     = length(module.monitoring.alarm_names) == 7
    error_message = "Each queue must get its alarms."
  }
}

run "no_queues_at_all" {
  command = plan

  variables {
    sqs_queue_configurations = {}
  }

  assert {
    condition     = length(output.queue_urls) == 0
    error_message = "An empty map must make no queues."
  }
}

run "a_pinned_account_and_a_role" {
  command = plan

  variables {
    aws_account_id  = "123456789012"
    assume_role_arn = "arn:aws:iam::123456789012:role/deploy"
  }

  assert {
    condition     = output.aws_account_id == "123456789012"
    error_message = "The account deployed in is an output."
  }
}

run "off_hours_are_a_choice" {
  command = plan

  assert {
    condition     = length(module.off_hours) == 0
    error_message = "Without off_hours the instances must run always."
  }
}

run "off_hours_follow_the_names" {
  command = plan

  variables {
    off_hours = {
      start     = "07:00"
      stop      = "20:00"
      weekdays  = ["mon", "tue", "wed", "thu", "fri"]
      time_zone = "Europe/Berlin"
    }
  }

  assert {
    condition     = module.off_hours[0].schedule_names.stop == "${local.name_prefix}-off-hours-stop"
    error_message = "The schedules must be named like everything else."
  }
}
