import { batchBytes, batchSamples, type RawEnd, type RawSample, writeEnd, writeSample } from "../sample-batch.ts";

/** Collects samples and the ends of connections into batches, whose memory goes to and fro between the threads. */
export interface SampleSink {
  add(sample: RawSample): void;
  end(end: RawEnd): void;
  /** Hands over what there is. */
  flush(): void;
  /** A batch's memory has come back. */
  reuse(buffer: ArrayBuffer): void;
}

/** Batches that have not come back: 19 MB. Beyond it the one who counts them has lost step for good. */
const awayMax = 512;

/** @param handOver its memory is transferred @param onOverrun when samples come faster than they are taken */
export function createSampleSink(
  handOver: (buffer: ArrayBuffer, count: number) => void,
  onOverrun: () => void,
): SampleSink {
  const spare: ArrayBuffer[] = [];
  let batch = new Float64Array(new ArrayBuffer(batchBytes));
  let count = 0;
  let away = 0;
  const flush = (): void => {
    if (count === 0) return;
    handOver(batch.buffer, count);
    away += 1;
    if (away === awayMax) onOverrun();
    batch = new Float64Array(spare.pop() ?? new ArrayBuffer(batchBytes));
    count = 0;
  };
  const written = (): void => {
    count += 1;
    if (count === batchSamples) flush();
  };
  return {
    add(sample) {
      writeSample(batch, count, sample);
      written();
    },
    end(end) {
      writeEnd(batch, count, end);
      written();
    },
    flush,
    reuse(buffer) {
      away -= 1;
      spare.push(buffer);
    },
  };
}
