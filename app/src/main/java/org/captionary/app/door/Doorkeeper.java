package org.captionary.app.door;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.captionary.app.DataDirectory;
import org.eclipse.microprofile.config.Config;

/** Opens the tokens as the service starts, so that a token refused stops the start. */
final class Doorkeeper {

  @Produces
  @Singleton
  @Startup
  static AccessTokens accessTokens(Config config) {
    return AccessTokens.open(config, DataDirectory.open(config), System.out);
  }
}
