package org.captionary.inference.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxyTest {

  private static final URI ADDRESS = URI.create("https://storage.example.org/w");

  private static List<Proxy> select(Map<String, String> environment) {
    return new EnvironmentProxy(always(Proxy.NO_PROXY), environment).select(ADDRESS);
  }

  private static ProxySelector always(Proxy proxy) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI address) {
        return List.of(proxy);
      }

      @Override
      public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
    };
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  void readsTheVariablesThatCurlReads() {
    assertThat(select(Map.of("https_proxy", "http://proxy:3128")))
        .containsExactly(proxy("proxy", 3128));
    assertThat(select(Map.of("HTTPS_PROXY", "proxy:3128"))).containsExactly(proxy("proxy", 3128));
    assertThat(select(Map.of("https_proxy", "http://proxy"))).containsExactly(proxy("proxy", 80));
  }

  @Test
  void goesDirectlyOtherwise() {
    assertThat(select(Map.of())).containsExactly(Proxy.NO_PROXY);
    assertThat(select(Map.of("http_proxy", "http://p:1"))).containsExactly(Proxy.NO_PROXY);
    assertThat(select(Map.of("https_proxy", " "))).containsExactly(Proxy.NO_PROXY);
    assertThat(select(Map.of("https_proxy", "no address"))).containsExactly(Proxy.NO_PROXY);
  }

  @Test
  void leavesOutExceptedHosts() {
    for (String excepted : List.of("*", "localhost, example.org", ".example.org")) {
      assertThat(select(Map.of("https_proxy", "http://p:1", "no_proxy", excepted)))
          .containsExactly(Proxy.NO_PROXY);
    }
    assertThat(select(Map.of("https_proxy", "http://p:1", "no_proxy", "ample.org,")))
        .containsExactly(proxy("p", 1));
  }

  @Test
  void javasOwnSettingGoesFirst() {
    Proxy own = proxy("own", 1);
    assertThat(
            new EnvironmentProxy(always(own), Map.of("https_proxy", "http://p:1")).select(ADDRESS))
        .containsExactly(own);
  }
}
