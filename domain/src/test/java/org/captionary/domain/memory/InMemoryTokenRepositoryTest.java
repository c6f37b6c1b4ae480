package org.captionary.domain.memory;

import org.captionary.domain.access.TokenRepository;
import org.captionary.domain.access.TokenRepositoryContract;

final class InMemoryTokenRepositoryTest extends TokenRepositoryContract {

  private final TokenRepository tokens = new InMemoryTokenRepository();

  @Override
  protected TokenRepository tokens() {
    return tokens;
  }
}
