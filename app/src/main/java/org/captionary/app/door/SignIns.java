package org.captionary.app.door;

import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.captionary.app.WholeNumberKey;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * How often each address came with a token that is none, by minutes. {@link #MOST_ADDRESSES} are
 * remembered, some 2 MB; of more, those that failed last.
 */
@Singleton
final class SignIns {

  private static final String KEY = "captionary.sign-in.failures";
  static final WholeNumberKey FAILURES = new WholeNumberKey(KEY, 1, 1_000_000);
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int MOST_ADDRESSES = 10_000;

  private static final Logger LOG = Logger.getLogger(SignIns.class);

  /** Of an IPv6 address the network, as whoever has one has 2^64 addresses in it. */
  private static final int NETWORK_BYTES = 8;

  private static final int IPV6_BYTES = 16;
  private static final int LONGEST_ADDRESS = 100;

  private final int most;
  private final InstantSource clock;
  private final Map<String, Failures> addresses =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /** Within a window that began. */
  private record Failures(Instant from, int count) {

    boolean isOver(Instant now) {
      return !now.isBefore(from.plus(WINDOW));
    }
  }

  SignIns(@ConfigProperty(name = KEY) String failures, InstantSource clock) {
    this.most = FAILURES.read(failures);
    this.clock = clock;
  }

  /** Whether so many failed within the minute that this one is not listened to. */
  synchronized boolean isLimited(String address) {
    return count(network(address), clock.instant()) >= most;
  }

  private int count(String network, Instant now) {
    Failures failures = addresses.get(network);
    return failures == null || failures.isOver(now) ? 0 : failures.count();
  }

  synchronized void failed(String address) {
    String network = network(address);
    Instant now = clock.instant();
    int count = count(network, now) + 1;
    Instant from = count == 1 ? now : addresses.get(network).from();
    // Taken out first, so that the order is that of the last failures.
    addresses.remove(network);
    addresses.put(network, new Failures(from, count));
    if (count == most) {
      LOG.warnf("%d failed sign-ins from %s within a minute: more are refused", count, network);
    }
  }

  synchronized int addresses() {
    return addresses.size();
  }

  /** Never asks a name server. */
  private static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes != null && bytes.length == IPV6_BYTES) {
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64";
    }
    return address.length() <= LONGEST_ADDRESS ? address : address.substring(0, LONGEST_ADDRESS);
  }
}
