package org.captionary.inference.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy of Java's own settings ({@code -Dhttps.proxyHost}), or else that of the environment, as
 * curl reads it: {@code https_proxy}, {@code http_proxy} and {@code no_proxy}, in small letters or
 * capitals.
 */
final class EnvironmentProxy extends ProxySelector {

  private static final int DEFAULT_PORT = 80;

  private final ProxySelector java;
  private final Map<String, String> environment;

  EnvironmentProxy(ProxySelector java, Map<String, String> environment) {
    this.java = java;
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI address) {
    List<Proxy> chosen = java.select(address);
    if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return chosen;
    }
    return variable(address.getScheme() + "_proxy")
        .filter(proxy -> !isExcepted(address.getHost()))
        .flatMap(EnvironmentProxy::parse)
        .map(List::of)
        .orElse(chosen);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private boolean isExcepted(String host) {
    return Arrays.stream(variable("no_proxy").orElse("").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> name.startsWith(".") ? name.substring(1) : name)
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  /** Empty for what is no address: then the connection is tried without a proxy. */
  private static Optional<Proxy> parse(String value) {
    try {
      URI proxy = new URI(value.contains("://") ? value : "http://" + value);
      int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
      return Optional.ofNullable(proxy.getHost())
          .map(host -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    java.connectFailed(address, proxy, failure);
  }
}
