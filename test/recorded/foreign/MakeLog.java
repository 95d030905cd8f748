import org.HdrHistogram.*;
import java.io.*;
import java.util.*;
public class MakeLog {
  public static void main(String[] a) throws Exception {
    Random r = new Random(7);
    // nanoseconds, 3 digits, tags, as jHiccup and the readme of HdrHistogram have it
    HistogramLogWriter w = new HistogramLogWriter(new File("java.hlog"));
    w.outputComment("[Logged with a test of pathproof]");
    w.outputLogFormatVersion();
    long start = 1795633995000L;
    w.outputStartTime(start);
    w.setBaseTime(start);
    w.outputLegend();
    Histogram all = new Histogram(1, 3600000000000L, 3);
    for (int second = 0; second < 8; second++) for (String tag : new String[]{"orders", "health"}) {
      Histogram h = new Histogram(3600000000000L, 3);
      int n = tag.equals("orders") ? 200 : 20;
      for (int i = 0; i < n; i++) { long v = (long) ((tag.equals("orders") ? 4e6 : 1e6) * (0.6 + r.nextDouble()) + (r.nextInt(50) == 0 ? 40e6 * r.nextDouble() : 0)); h.recordValue(v); if (tag.equals("orders")) all.recordValue(v); }
      h.setStartTimeStamp(start + second * 1000L); h.setEndTimeStamp(start + second * 1000L + 1000L); h.setTag(tag);
      w.outputIntervalHistogram(h);
    }
    w.close();
    PrintStream p = new PrintStream("java.hgrm");
    all.outputPercentileDistribution(p, 5, 1e6, false);
    p.close();
    p = new PrintStream("java-csv.hgrm"); all.outputPercentileDistribution(p, 5, 1e6, true); p.close();
    p = new PrintStream("java-quantiles.txt");
    for (double q : new double[]{0, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100}) p.println(q + " " + all.getValueAtPercentile(q));
    p.println("mean " + all.getMean()); p.println("count " + all.getTotalCount());
    p.close();
    // V1 encoded, integer with 2 digits and another range; and microseconds
    HistogramLogWriter w2 = new HistogramLogWriter(new File("java-untagged.hlog"));
    w2.outputLogFormatVersion(); w2.outputStartTime(start); w2.outputLegend();
    for (int second = 0; second < 3; second++) {
      Histogram h = new Histogram(1000, 60000000000L, 2);
      for (int i = 0; i < 100; i++) h.recordValue((long) (2e6 + r.nextInt(5000000)));
      h.setStartTimeStamp(start + second * 1000L); h.setEndTimeStamp(start + second * 1000L + 1000L);
      w2.outputIntervalHistogram(h);
    }
    w2.close();
  }
}
