import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeHead, guessChoices, mappingOf, problemOf, readHead } from './columns.ts';

describe('the head line of a CSV file', () => {
  it('is read whatever parts its columns, with a byte order mark and Windows line ends', () => {
    assert.deepEqual(readHead('device_id,timestamp\r\n1,2'), ['device_id', 'timestamp']);
    assert.deepEqual(readHead('\uFEFFdevice_id;timestamp\n1;2'), ['device_id', 'timestamp']);
    assert.deepEqual(readHead('device_id\ttimestamp'), ['device_id', 'timestamp']);
  });

  it('keeps a separator that stands in quotes', () => {
    const head = readHead('"Zeit; UTC";"Ger""ät";kWh');
    assert.deepEqual(head, ['Zeit; UTC', 'Ger"ät', 'kWh']);
  });
});

describe('the bytes of a head line', () => {
  const [utf8, windows1252] = [Buffer.from('Gerät;kWh'), Buffer.from('Gerät;kWh', 'latin1')];

  it('are read as UTF-8, and as what Excel writes where they are none', () => {
    assert.deepEqual(readHead(decodeHead(utf8)), ['Gerät', 'kWh']);
    assert.deepEqual(readHead(decodeHead(windows1252)), ['Gerät', 'kWh']);
  });

  it('may end within a letter', () => {
    assert.equal(decodeHead(utf8.subarray(0, 4)), 'Ger');
  });
});

describe('the columns of a file', () => {
  const names = ['Device_ID', 'Zeit', 'kWh'];

  it('that have a name of ours are guessed, and only others are told to the oracle', () => {
    const choices = new Map([...guessChoices(names, 'readings'), ['Zeit', 'timestamp']]);
    assert.deepEqual([...choices.values()], ['device_id', 'timestamp', '']);
    assert.equal(problemOf(choices, 'readings'), undefined);
    assert.deepEqual(mappingOf(choices), { Zeit: 'timestamp' });
  });

  it('must hold what the kind of file needs, each once', () => {
    const guessed = guessChoices(names, 'readings');
    assert.match(problemOf(guessed, 'readings') ?? '', /timestamp/);
    assert.match(problemOf(guessChoices(['header'], 'windows'), 'windows') ?? '', /signature/);
    const twice = new Map([...guessed, ['Zeit', 'timestamp'], ['kWh', 'timestamp']]);
    assert.match(problemOf(twice, 'readings') ?? '', /Two columns are timestamp/);
  });
});
