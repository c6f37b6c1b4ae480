package org.captionary.app.door;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import org.captionary.app.StartupException;
import org.captionary.app.secret.PrivateFiles;
import org.captionary.app.secret.SecretFile;
import org.captionary.domain.access.TokenHash;
import org.eclipse.microprofile.config.Config;

/**
 * The bearer token of each role. A token comes from the configuration ({@code
 * captionary.admin-token}, {@code captionary.trainer-token}) or else from a file in the data
 * directory, made and shown once on the first start. Only SHA-256 hashes stay in memory.
 */
public final class AccessTokens {

  /** Fewer characters may be a word that somebody chose. */
  private static final int TOO_LONG_TO_GUESS = 32;

  private final TokenHash admin;
  private final TokenHash trainer;

  private AccessTokens(TokenHash admin, TokenHash trainer) {
    this.admin = admin;
    this.trainer = trainer;
  }

  /**
   * Reads the tokens, and makes those that are neither configured nor made yet.
   *
   * @param dataDirectory where the tokens made are kept, in {@code tokens/}
   * @param out where a token made is shown, once
   * @throws StartupException if a token is refused or its file cannot be used; never shows a token
   */
  public static AccessTokens open(Config config, Path dataDirectory, PrintStream out) {
    TokenHash admin = TokenHash.of(token(Roles.ADMIN, config, dataDirectory, out));
    TokenHash trainer = TokenHash.of(token(Roles.TRAINER, config, dataDirectory, out));
    if (admin.equals(trainer)) {
      throw new StartupException(
          "captionary.admin-token and captionary.trainer-token are equal: every trainer would be an admin. Set two different tokens.");
    }
    return new AccessTokens(admin, trainer);
  }

  private static String token(String role, Config config, Path dataDirectory, PrintStream out) {
    String key = "captionary.%s-token".formatted(role);
    String configured = config.getConfigValue(key).getValue();
    if (configured != null) {
      return TokenRule.require(configured, key);
    }
    Path file = dataDirectory.resolve("tokens").resolve(role);
    return TokenRule.require(readOrMake(new SecretFile(file), role, out), "the file " + file);
  }

  private static String readOrMake(SecretFile file, String role, PrintStream out) {
    try {
      if (!file.exists()) {
        PrivateFiles.createDirectories(file.path().getParent());
        show(file, role, out);
      }
      return file.read();
    } catch (FileSystemException e) {
      throw unusable(file, PrivateFiles.reason(e), e);
    } catch (IOException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  private static void show(SecretFile file, String role, PrintStream out) throws IOException {
    if (file.create()) {
      out.printf("New %s token, shown this once: %s%n", role, file.read());
      out.printf("  It is kept in %s (readable by this user alone).%n", file.path());
    }
  }

  private static StartupException unusable(SecretFile file, String reason, IOException cause) {
    return new StartupException(
        "The token file %s cannot be used: %s".formatted(file.path(), reason), cause);
  }

  /** The role whose token this is; takes the same time for every wrong token. */
  Optional<String> roleOf(String token) {
    TokenHash hash = TokenHash.of(token);
    boolean isAdmin = hash.equals(admin);
    boolean isTrainer = hash.equals(trainer);
    if (isAdmin) {
      return Optional.of(Roles.ADMIN);
    }
    return isTrainer ? Optional.of(Roles.TRAINER) : Optional.empty();
  }

  /** As {@link #roleOf}; a token short enough to be found by trying is not looked at. */
  Optional<String> roleOfUnguessable(String token) {
    return token.length() < TOO_LONG_TO_GUESS ? Optional.empty() : roleOf(token);
  }
}
