package org.captionary.app.door;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.eclipse.microprofile.config.Config;

/**
 * What is to be known of a company's identity provider, {@code captionary.jwt.*}.
 *
 * @param issuer as tokens name it
 * @param audience that tokens must be meant for
 * @param key the address (https) of its keys as a JWK set, or {@code file:} and the path of one or
 *     of a public key in PEM
 * @param certificate {@code file:} and the path of the certificate to trust for that address
 * @param rolesClaim the claim that lists roles, a way such as {@code realm_access/roles}
 * @param adminRole the role there that makes an admin
 * @param trainerRole the role there that makes a trainer
 */
record CompanySettings(
    String issuer,
    String audience,
    String key,
    Optional<String> certificate,
    String rolesClaim,
    String adminRole,
    String trainerRole) {

  private static final String PREFIX = "captionary.jwt.";
  private static final String ISSUER = PREFIX + "issuer";
  private static final String AUDIENCE = PREFIX + "audience";
  static final String KEY = PREFIX + "key";
  private static final String CERTIFICATE = PREFIX + "trusted-certificate";
  private static final String FILE = "file:";
  static final String HTTPS = "https://";

  /**
   * Empty if none is configured.
   *
   * @throws InvalidInputException if only a part is, or something cannot be
   */
  static Optional<CompanySettings> read(Config config) {
    boolean none =
        Stream.of(ISSUER, AUDIENCE, KEY, CERTIFICATE).allMatch(key -> value(config, key).isEmpty());
    return none ? Optional.empty() : Optional.of(of(config));
  }

  /** The file that has the key, if it is not at an address. */
  Optional<Path> keyFile() {
    return key.startsWith(FILE)
        ? Optional.of(Path.of(key.substring(FILE.length())))
        : Optional.empty();
  }

  private static CompanySettings of(Config config) {
    return new CompanySettings(
        required(config, ISSUER, "the issuer that tokens name"),
        required(config, AUDIENCE, "the audience that tokens for this service name"),
        key(required(config, KEY, "an address that begins with https://, or the path of a file")),
        value(config, CERTIFICATE).map(path -> file(CERTIFICATE, path)),
        required(config, PREFIX + "roles-claim", "the name of a claim"),
        required(config, PREFIX + "admin-role", "a role"),
        required(config, PREFIX + "trainer-role", "a role"));
  }

  private static Optional<String> value(Config config, String key) {
    return config.getOptionalValue(key, String.class).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static String required(Config config, String key, String allowed) {
    return value(config, key)
        .orElseThrow(
            () ->
                new InvalidInputException(key, null, List.of(allowed + "; with " + PREFIX + "*")));
  }

  /** Not http: whoever answered in its place would make admins. */
  private static String key(String value) {
    return value.startsWith(HTTPS) ? value : file(KEY, value);
  }

  private static String file(String key, String value) {
    try {
      Path path = Path.of(value).toAbsolutePath();
      if (Files.isReadable(path) && Files.isRegularFile(path)) {
        return FILE + path;
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new InvalidInputException(
        key,
        value,
        key.equals(KEY) ? "an https:// address, or a readable file" : "a readable file");
  }
}
