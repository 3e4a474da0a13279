import { describe, expect, it } from '@jest/globals';
import { countByService } from '../../../../src/presenters/separation/services.js';

describe('resources by service', () => {
  it('are counted, the most first', () => {
    const counts = countByService({
      aws_vpc: 1,
      aws_subnet: 4,
      aws_route: 3,
      aws_route53_record: 2,
      aws_instance: 3,
      aws_lb_listener: 2,
      aws_s3_bucket_policy: 2,
      aws_cloudwatch_log_group: 1,
      aws_lambda_function: 1,
      terraform_data: 1,
    });
    expect(counts).toEqual([
      ['VPC', 8],
      ['EC2', 3],
      ['ELB', 2],
      ['Route 53', 2],
      ['S3', 2],
      ['CloudWatch Logs', 1],
      ['Lambda', 1],
      ['terraform', 1],
    ]);
  });
});
