package org.captionary.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Measures batches at the door, before anyone has looked at them, up to the last byte that the
 * network was given. A batch's encoding is told by who knows it.
 */
@Singleton
public class BatchMeters {

  private static final String PATH = "/api/preparations/[^/]+/batches/[^/]+";
  private static final String ENCODING = "encoding";
  private static final String STATUS = "status";
  private static final String UNKNOWN = "none";

  /** The answer began, and neither the reader nor we came to its end. */
  private static final String BROKEN_OFF = "broken_off";

  private static final int OK = 200;

  /** Bounds of the histogram's buckets, half a millisecond to ten seconds. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              500,
              1_000,
              2_000,
              5_000,
              10_000,
              20_000,
              50_000,
              100_000,
              200_000,
              500_000,
              1_000_000,
              2_000_000,
              5_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
          .toArray(Duration[]::new);

  private final MeterProvider<Counter> requests;
  private final MeterProvider<Counter> bytes;
  private final MeterProvider<Timer> durations;

  BatchMeters(MeterRegistry registry) {
    requests =
        Counter.builder("captionary.batch.requests")
            .description("Requests (GET) for batches, by the status of the answer")
            .withRegistry(registry);
    bytes =
        Counter.builder("captionary.batch.body")
            .description("Bytes of batches that the network was given, without headers")
            .baseUnit("bytes")
            .withRegistry(registry);
    durations =
        Timer.builder("captionary.batch.duration")
            .description("From the request for a batch to the last byte that the network was given")
            .serviceLevelObjectives(BUCKETS)
            .withRegistry(registry);
  }

  /** Notes the encoding of the batch that an exchange is about; one of few. */
  public static void encoding(RoutingContext exchange, String name) {
    exchange.put(ENCODING, name);
  }

  void install(@Observes Router router) {
    router.getWithRegex(PATH).order(Integer.MIN_VALUE).handler(this::begin);
  }

  private void begin(RoutingContext exchange) {
    long began = System.nanoTime();
    exchange.addEndHandler(ended -> end(exchange, System.nanoTime() - began, ended.succeeded()));
    exchange.next();
  }

  private void end(RoutingContext exchange, long nanos, boolean isWhole) {
    String encoding = exchange.get(ENCODING, UNKNOWN);
    int status = exchange.response().getStatusCode();
    String told = isWhole ? String.valueOf(status) : BROKEN_OFF;
    requests.withTags(ENCODING, encoding, STATUS, told).increment();
    if (status == OK) {
      bytes.withTag(ENCODING, encoding).increment(exchange.response().bytesWritten());
    }
    if (status == OK && isWhole) {
      durations.withTag(ENCODING, encoding).record(Duration.ofNanos(nanos));
    }
  }
}
