# ---- Which environment, and where ----

variable "environment" {
  description = "Name of the environment; a segment of every physical name and the value of the Environment tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "environment must be 2 to 16 lower-case letters or digits, starting with a letter, without dashes (a dash would blur one environment's names into another's). Set it in the environment's tfvars file, for example environment = \"staging\"."
  }
}

variable "project_name" {
  description = "Name of the project or brand; every physical name starts with it."
  type        = string
  default     = "mht-api"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.project_name))
    error_message = "project_name must be lower-case letters, digits and single dashes, starting with a letter, for example \"mht-api\"."
  }

  validation {
    # ELB allows 32 characters, and the load balancer is <project>-<environment>-lb.
    condition     = length("${var.project_name}-${var.environment}-lb") <= 32
    error_message = "project_name and environment must not exceed 28 characters together, because load balancer names end at 32. Shorten project_name."
  }
}

variable "aws_region" {
  description = "AWS region of everything in the environment."
  type        = string
  default     = "us-east-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region must be a region code such as \"us-east-1\", not a zone (\"us-east-1a\") or a display name."
  }
}

variable "aws_account_id" {
  description = "The only AWS account this environment may be deployed to; null accepts whichever account the credentials belong to."
  type        = string
  default     = null

  validation {
    condition     = var.aws_account_id == null || can(regex("^[0-9]{12}$", var.aws_account_id))
    error_message = "aws_account_id must be the account's 12 digits in quotes, without dashes, for example \"123456789012\". Read it with: aws sts get-caller-identity."
  }
}

variable "assume_role_arn" {
  description = "IAM role that Terraform assumes to manage this environment; null uses the credentials as they are."
  type        = string
  default     = null

  validation {
    condition     = var.assume_role_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.assume_role_arn))
    error_message = "assume_role_arn must be the ARN of an IAM role, for example \"arn:aws:iam::123456789012:role/deploy\", or null."
  }
}

# ---- Network and names in DNS ----

variable "vpc_cidr" {
  description = "IPv4 range of the environment's VPC, different for each environment."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(cidrhost(var.vpc_cidr, 0) == split("/", var.vpc_cidr)[0], false)
    error_message = "vpc_cidr must be an IPv4 range that starts at its network address, for example \"10.1.0.0/16\"."
  }

  validation {
    condition     = try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 22, false)
    error_message = "vpc_cidr must have a prefix length from /16 (the largest VPC) to /22 (the smallest whose subnets still hold a load balancer)."
  }
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway per availability zone, so that losing a zone does not cut the others off; false shares one, which costs less."
  type        = bool
  default     = true
  nullable    = false
}

variable "dns_name" {
  description = "Host name of the API; gets the certificate and the record that points at the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.dns_name))
    error_message = "dns_name must be a lower-case host name without scheme, path or trailing dot, for example \"staging.api.amygdalas.com\"."
  }

  validation {
    condition     = var.dns_name == var.hosted_zone_name || endswith(var.dns_name, ".${var.hosted_zone_name}")
    error_message = "dns_name must be hosted_zone_name or a name below it. Change dns_name, or set hosted_zone_name to the zone that serves it."
  }
}

variable "hosted_zone_name" {
  description = "Existing public Route 53 zone in the environment's account: looked up by name, never created or destroyed here. Environments in one account share it; one in an account of its own needs a zone delegated to it there."
  type        = string
  default     = "amygdalas.com"
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.hosted_zone_name))
    error_message = "hosted_zone_name must be a lower-case domain name without trailing dot, for example \"amygdalas.com\"."
  }
}

# ---- Instances and what they run ----

variable "instance_count" {
  description = "Number of application instances, spread over the availability zones."
  type        = number
  nullable    = false

  validation {
    condition     = var.instance_count >= 1 && var.instance_count <= 20 && floor(var.instance_count) == var.instance_count
    error_message = "instance_count must be a whole number from 1 to 20. To take an environment away, destroy it instead of setting 0."
  }
}

variable "instance_type" {
  description = "EC2 instance type of the application instances: x86_64, unless ami_id is an Arm image."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.([a-z0-9]+|metal-[a-z0-9]+)$", var.instance_type))
    error_message = "instance_type must be an EC2 instance type such as \"t3.medium\"."
  }

  validation {
    # Graviton: a1, and a g behind the generation as in t4g, c6gn or im4gn.
    condition     = var.ami_id != null || !can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", var.instance_type))
    error_message = "instance_type is an Arm type, and the Amazon Linux that is looked up is for x86_64. Choose an x86_64 type such as \"t3.medium\", or set ami_id to an Arm image."
  }
}

variable "ami_id" {
  description = "AMI of the instances; null takes the newest Amazon Linux 2023 when the environment is first applied and keeps it."
  type        = string
  default     = null

  validation {
    condition     = var.ami_id == null || can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "ami_id must be an AMI id such as \"ami-0123456789abcdef0\", or null to have Amazon Linux 2023 looked up."
  }
}

variable "root_volume_size" {
  description = "Size of each instance's encrypted root volume in GiB."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.root_volume_size >= 8 && var.root_volume_size <= 1024 && floor(var.root_volume_size) == var.root_volume_size
    error_message = "root_volume_size must be a whole number of GiB from 8 (the size of Amazon Linux's own image) to 1024."
  }
}

variable "container_image" {
  description = "Container image that the instances run, pinned by a tag other than latest or by digest."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-zA-Z0-9./_-]*(:[0-9]+/[a-zA-Z0-9./_-]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})$", var.container_image)) && !endswith(var.container_image, ":latest")
    error_message = "container_image must name a tag other than latest, or a digest, so that two instances never run different code: for example \"amygdalas/mht-api:1.0.0\"."
  }
}

variable "container_port" {
  description = "Port on which the container serves HTTP, /health included; told to it as PORT."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535 && floor(var.container_port) == var.container_port
    error_message = "container_port must be a whole number from 1 to 65535."
  }
}

variable "off_hours" {
  description = "When the instances run: from start to stop (HH:MM in time_zone) on weekdays; at all other times they are stopped. Null lets them run always, as a protected environment must unless policy.hcl allows it."
  type = object({
    start     = string
    stop      = string
    weekdays  = list(string)
    time_zone = string
  })
  default = null

  validation {
    condition     = alltrue([for time in try([var.off_hours.start, var.off_hours.stop], []) : can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", time))])
    error_message = "start and stop of off_hours must be times of day from 00:00 to 23:59, for example start = \"07:00\" and stop = \"20:00\"."
  }

  validation {
    condition     = var.off_hours == null || try(replace(var.off_hours.stop, ":", "") > replace(var.off_hours.start, ":", ""), false)
    error_message = "stop of off_hours must be later than start: the instances run from start to stop of the same day."
  }

  validation {
    condition     = var.off_hours == null || try(length(var.off_hours.weekdays) >= 1 && length(distinct(var.off_hours.weekdays)) == length(var.off_hours.weekdays) && alltrue([for day in var.off_hours.weekdays : contains(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], day)]), false)
    error_message = "weekdays of off_hours must be one or more of \"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\" and \"sun\", each once."
  }

  validation {
    condition     = var.off_hours == null || can(regex("^(UTC|[A-Z][A-Za-z_-]+(/[A-Za-z0-9_+-]+)+)$", var.off_hours.time_zone))
    error_message = "time_zone of off_hours must be \"UTC\" or an IANA name such as \"Europe/Berlin\", not an abbreviation or an offset."
  }
}

# ---- Data ----

variable "data_bucket_suffix" {
  description = "What the data bucket is called between the environment's name and the hash that makes it unique."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.data_bucket_suffix))
    error_message = "data_bucket_suffix must be lower-case letters, digits and single dashes, for example \"raw-data-collection\"."
  }

  validation {
    condition     = var.data_bucket_suffix != "logs"
    error_message = "data_bucket_suffix must not be \"logs\", which names the bucket of the access logs. Choose another, for example \"data\"."
  }

  validation {
    # <project>-<environment>-<suffix>-<8 characters>, and S3 allows 63.
    condition     = length("${var.project_name}-${var.environment}-${var.data_bucket_suffix}") + 9 <= 63
    error_message = "data_bucket_suffix makes the bucket's name longer than S3's 63 characters. Shorten it."
  }
}

variable "enable_s3_intelligent_tiering" {
  description = "Move the data bucket's objects to the INTELLIGENT_TIERING storage class."
  type        = bool
  default     = true
  nullable    = false
}

variable "s3_log_retention_days" {
  description = "Days that the access logs of the buckets and the load balancer are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.s3_log_retention_days >= 1 && var.s3_log_retention_days <= 3650 && floor(var.s3_log_retention_days) == var.s3_log_retention_days
    error_message = "s3_log_retention_days must be a whole number of days from 1 to 3650."
  }
}

variable "deletion_protection" {
  description = "Refuse to delete the load balancer, the table and non-empty buckets, and keep a deleted secret recoverable. To destroy the environment, apply false first."
  type        = bool
  default     = true
  nullable    = false
}

# ---- Queues ----

variable "sqs_queue_configurations" {
  description = "The processing queues by key; each becomes a FIFO queue with a dead-letter queue of its own and a <KEY>_QUEUE_URL for the application."
  type = map(object({
    message_retention_seconds   = number
    visibility_timeout_seconds  = number
    max_receive_count           = number
    alarm_max_depth             = number
    content_based_deduplication = optional(bool, true)
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.sqs_queue_configurations) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", key)) && !endswith(key, "-dlq") && length(key) <= 24])
    error_message = "Each key of sqs_queue_configurations must be at most 24 lower-case letters, digits and single dashes, starting with a letter, and must not end in -dlq, which names the dead-letter queues: for example feedback."
  }

  validation {
    condition     = alltrue([for queue in values(var.sqs_queue_configurations) : queue.message_retention_seconds >= 60 && queue.message_retention_seconds <= 1209600])
    error_message = "message_retention_seconds of each queue must be from 60 (a minute) to 1209600 (14 days)."
  }

  validation {
    condition     = alltrue([for queue in values(var.sqs_queue_configurations) : queue.visibility_timeout_seconds >= 1 && queue.visibility_timeout_seconds <= 43200])
    error_message = "visibility_timeout_seconds of each queue must be from 1 to 43200 (12 hours), and longer than the application needs for one message."
  }

  validation {
    condition     = alltrue([for queue in values(var.sqs_queue_configurations) : queue.max_receive_count >= 1 && queue.max_receive_count <= 1000 && floor(queue.max_receive_count) == queue.max_receive_count])
    error_message = "max_receive_count of each queue must be a whole number from 1 to 1000: the tries before a message goes to the dead-letter queue."
  }

  validation {
    condition     = alltrue([for queue in values(var.sqs_queue_configurations) : queue.alarm_max_depth >= 1])
    error_message = "alarm_max_depth of each queue must be at least 1. To have no alarms, set enable_sqs_cloudwatch_alarms = false."
  }
}

# ---- Monitoring ----

variable "enable_sqs_cloudwatch_alarms" {
  description = "Alarm when a queue is deeper than its alarm_max_depth or its dead-letter queue is not empty."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_email_addresses" {
  description = "Addresses that are asked to subscribe to the environment's alarms."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alarm_email_addresses : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "alarm_email_addresses must be e-mail addresses, for example [\"oncall@example.com\"]."
  }
}

variable "log_retention_days" {
  description = "Days that the application's logs and the VPC flow logs are kept in CloudWatch."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}
