import { type ListedRow, listedDocument, matches } from './listed-products.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from './recorded-aws.js';

interface AskedProducts {
  readonly ServiceCode: string;
  readonly Filters?: readonly { readonly Type: string; readonly Field: string; readonly Value: string }[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** What a price list holds, and how it answers. */
export interface RecordedPriceListParts {
  readonly rows: readonly ListedRow[];
  readonly regions: readonly string[];
  readonly currency?: string;
  /** Products on a page, however many are asked for. */
  readonly pageSize?: number;
  /** Answers instead of the list; undefined answers nothing. */
  readonly instead?: (operation: string, request: AskedRequest) => RecordedAnswer | undefined;
}

/**
 * The Price List Query API as AWS documents it, over a few products: the emulator answers 500 to it.
 * Source: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html
 */
export function recordedPriceList(parts: RecordedPriceListParts): Promise<RecordedAws> {
  const { rows, regions, currency = 'USD', pageSize = 2, instead = () => undefined } = parts;
  return RecordedAws.start((request) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const other = instead(operation, request);
    if (other !== undefined) return other;
    if (operation === 'GetAttributeValues') return answer({ AttributeValues: regions.map((Value) => ({ Value })) });
    if (operation !== 'GetProducts') return refusal('UnknownOperationException', operation);
    const asked = JSON.parse(request.body) as AskedProducts;
    const filters = Object.fromEntries((asked.Filters ?? []).map(({ Field, Value }) => [Field, Value]));
    const found = rows.filter((row) => row.service === asked.ServiceCode && matches(row, filters));
    const from = Number(asked.NextToken ?? 0);
    const next = from + pageSize;
    return answer({
      FormatVersion: 'aws_v1',
      PriceList: found.slice(from, next).map((row) => listedDocument(row, currency)),
      ...(next < found.length ? { NextToken: String(next) } : {}),
    });
  });
}

/** A failure as the API gives it. */
export function refusal(type: string, message: string): RecordedAnswer {
  return { status: 400, body: JSON.stringify({ __type: type, message }) };
}

function answer(body: object): RecordedAnswer {
  return { status: 200, body: JSON.stringify(body) };
}
