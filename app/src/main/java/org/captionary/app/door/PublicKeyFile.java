package org.captionary.app.door;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.jose4j.jwk.JsonWebKey;

/**
 * A file that has public keys: a JWK set or a single JWK, or in PEM one key (RSA, elliptic curve,
 * or Edwards curve) or the certificate of one.
 *
 * @param text what is in it
 * @param pem the key, if it is in PEM; otherwise the text is a JWK set or a JWK
 */
record PublicKeyFile(String text, Optional<PublicKey> pem) {

  private static final String ALLOWED =
      "a file with a JWK set, or with a public key (RSA, EC, EdDSA) or a certificate in PEM";

  /** PEM does not say the algorithm in a word: one of each kind of key is tried. */
  private static final List<SignatureAlgorithm> KINDS =
      List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);

  /**
   * Reads it.
   *
   * @throws InvalidInputException if it has no key
   */
  static PublicKeyFile read(Path path) {
    String text = text(path);
    Optional<PublicKey> pem = pem(text);
    if (pem.isEmpty() && !isJwk(text)) {
      throw new InvalidInputException(CompanySettings.KEY, path, ALLOWED);
    }
    return new PublicKeyFile(text, pem);
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new InvalidInputException(CompanySettings.KEY, path, ALLOWED);
    }
  }

  private static boolean isJwk(String text) {
    List<JsonWebKey> keys = KeyUtils.loadJsonWebKeys(text);
    return keys != null && !keys.isEmpty();
  }

  private static Optional<PublicKey> pem(String text) {
    return KINDS.stream()
        .flatMap(kind -> decoded(() -> KeyUtils.decodePublicKey(text, kind)).stream())
        .findFirst()
        .or(() -> decoded(() -> KeyUtils.decodeCertificate(text)));
  }

  private interface Decoder {
    PublicKey decode() throws GeneralSecurityException;
  }

  private static Optional<PublicKey> decoded(Decoder decoder) {
    try {
      return Optional.of(decoder.decode());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // It is of another kind, or not in base 64.
      return Optional.empty();
    }
  }
}
