package org.captionary.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Leaves requests of invented methods out of the framework's own meters: each would be a meter of
 * its own, and whoever comes without a token may invent as many as he likes. To rename them would
 * not do, as the registry remembers the names of before.
 */
@Singleton
final class KnownMethods implements MeterFilter {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String method = id.getTag("method");
    boolean isOfServer = id.getName().startsWith("http.server") && method != null;
    return isOfServer && !METHODS.contains(method)
        ? MeterFilterReply.DENY
        : MeterFilterReply.NEUTRAL;
  }
}
