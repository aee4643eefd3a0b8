import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFilter, writeFilter } from './filter.ts';

const read = (search: string) => readFilter(new URLSearchParams(search));

describe('the filter of the fleet', () => {
  it('comes back out of the address as it went in', () => {
    const filter = { projectId: 3, state: 'silent', device: '0xab' } as const;
    assert.deepEqual(read(new URLSearchParams(writeFilter(filter)).toString()), filter);
  });

  it('leaves no trace in the address where nothing is asked', () => {
    assert.deepEqual(writeFilter(read('')), {});
  });

  it('leaves out what an address says that is no filter', () => {
    const nothing = { projectId: undefined, state: undefined, device: undefined };
    assert.deepEqual(read('project=x&state=happy&device=roof'), nothing);
  });
});
