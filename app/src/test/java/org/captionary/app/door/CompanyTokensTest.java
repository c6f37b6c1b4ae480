package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.app.door.CompanyTokens.Bearer;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.access.Role;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompanyTokensTest {

  private static final String ISSUER = "https://id.example.com/realms/vision";
  private static final String AUDIENCE = "captionary";

  private static final RsaJsonWebKey KEY = rsa("one");
  private static final RsaJsonWebKey OTHER = rsa("one");

  private final ManualClock clock = new ManualClock();

  @TempDir Path folder;

  private static RsaJsonWebKey rsa(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompanyTokens tokens(String key, Optional<String> certificate) {
    return new CompanyTokens(
        Optional.of(
            new CompanySettings(
                ISSUER, AUDIENCE, key, certificate, "realm_access/roles", "boss", "reader")),
        clock);
  }

  private CompanyTokens withPem() throws IOException {
    return withFile(pem("PUBLIC KEY", KEY.getPublicKey().getEncoded()));
  }

  private CompanyTokens withFile(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("the key"), text);
    return tokens("file:" + file, Optional.empty());
  }

  private static String pem(String label, byte[] encoded) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines);
  }

  private static JwtClaims claims(String... roles) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject("alice");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim("realm_access", Map.of("roles", List.of(roles)));
    return claims;
  }

  private static String signed(PublicJsonWebKey key, String algorithm, JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(algorithm);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JwtClaims claims) {
    return signed(KEY, AlgorithmIdentifiers.RSA_USING_SHA256, claims);
  }

  private static String changed(Consumer<JwtClaims> change) {
    JwtClaims claims = claims("boss");
    change.accept(claims);
    return signed(claims);
  }

  @Test
  void rolesOfTheProviderAreMappedToOurs() throws IOException {
    CompanyTokens tokens = withPem();
    assertThat(tokens.find(signed(claims("boss", "reader"))))
        .contains(new Bearer("jwt:alice", Role.ADMIN));
    assertThat(tokens.find(signed(claims("x", "reader"))))
        .contains(new Bearer("jwt:alice", Role.TRAINER));
    assertThat(tokens.find(signed(claims("admin", "trainer")))).isEmpty();
    assertThat(tokens.find(signed(claims()))).isEmpty();
    assertThat(tokens.find(changed(claims -> claims.unsetClaim("realm_access")))).isEmpty();
  }

  /** Whoever may name groups at the provider would name roles here. */
  @Test
  void rolesAreTakenFromTheConfiguredClaimAlone() throws IOException {
    CompanyTokens tokens = withPem();
    Consumer<JwtClaims> groups = claims -> claims.setClaim("groups", List.of("boss"));
    assertThat(tokens.find(changed(groups.andThen(claims -> claims.unsetClaim("realm_access")))))
        .isEmpty();
    Consumer<JwtClaims> empty = claims -> claims.setClaim("realm_access", Map.of());
    assertThat(tokens.find(changed(groups.andThen(empty)))).isEmpty();
    Consumer<JwtClaims> numbers =
        claims -> claims.setClaim("realm_access", Map.of("roles", List.of(1)));
    assertThat(tokens.find(changed(groups.andThen(numbers)))).isEmpty();
    Consumer<JwtClaims> mapped =
        claims -> claims.setClaim("roleMappings", Map.of("", "boss", "guest", "boss"));
    assertThat(tokens.find(changed(mapped.andThen(claims -> claims.unsetClaim("realm_access")))))
        .isEmpty();
    JwtClaims guest = claims("guest");
    mapped.accept(guest);
    assertThat(tokens.find(signed(guest))).isEmpty();
  }

  @Test
  void issuerAudienceAndTimesAreChecked() throws IOException {
    CompanyTokens tokens = withPem();
    assertThat(tokens.find(changed(claims -> {}))).isPresent();
    List<Consumer<JwtClaims>> wrong =
        List.of(
            claims -> claims.setIssuer("https://id.example.org"),
            claims -> claims.unsetClaim("iss"),
            claims -> claims.setAudience("billing"),
            claims -> claims.unsetClaim("aud"),
            claims -> claims.setExpirationTimeMinutesInTheFuture(-1),
            claims -> claims.unsetClaim("exp"),
            claims -> claims.setNotBeforeMinutesInThePast(-5),
            claims -> claims.unsetClaim("sub"));
    for (Consumer<JwtClaims> change : wrong) {
      assertThat(tokens.find(changed(change))).isEmpty();
    }
  }

  @Test
  void onlyTheProvidersKeySigns() throws IOException, JoseException {
    CompanyTokens tokens = withPem();
    assertThat(tokens.find(signed(OTHER, AlgorithmIdentifiers.RSA_USING_SHA256, claims("boss"))))
        .isEmpty();
    String[] parts = signed(claims("reader")).split("\\.");
    String[] forged = signed(OTHER, "RS256", claims("boss")).split("\\.");
    assertThat(tokens.find(parts[0] + "." + forged[1] + "." + parts[2])).isEmpty();
    assertThat(tokens.find(parts[0] + "." + parts[1] + ".")).isEmpty();
    assertThat(tokens.find(unsigned())).isEmpty();
    assertThat(tokens.find(signedWithThePublicKeyAsASecret())).isEmpty();
  }

  private static String unsigned() throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setPayload(claims("boss").toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    return signature.getCompactSerialization();
  }

  private static String signedWithThePublicKeyAsASecret() throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims("boss").toJson());
    signature.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    return signature.getCompactSerialization();
  }

  @Test
  void keysAreFetchedFromTheProvidersAddressAndKept() throws Exception {
    EllipticCurveJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    curve.setKeyId("two");
    try (KeyServer server = new KeyServer(folder)) {
      server.publish(KEY, curve);
      CompanyTokens tokens = tokens(server);
      for (int i = 0; i < 3; i++) {
        assertThat(tokens.find(signed(claims("boss")))).isPresent();
        assertThat(tokens.find(signed(curve, "ES256", claims("boss")))).isPresent();
        assertThat(tokens.find(signed(OTHER, "RS256", claims("boss")))).isEmpty();
      }
      assertThat(server.asked()).isBetween(1, 2);
    }
  }

  @Test
  void aServerThatIsNotTrustedGivesNoKeys() throws Exception {
    try (KeyServer server = new KeyServer(folder)) {
      server.publish(KEY);
      CompanyTokens tokens = tokens(server.address(), Optional.empty());
      unavailable(() -> tokens.find(signed(claims("boss"))));
      assertThat(server.asked()).isZero();
    }
  }

  private static void unavailable(ThrowingCallable find) {
    assertThatThrownBy(find)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
  }

  private CompanyTokens tokens(KeyServer server) {
    return tokens(server.address(), Optional.of("file:" + server.certificate()));
  }

  /** A good token is not called bad because nobody can look. */
  @Test
  void aProviderThatFailsIsAskedOnceAMinuteAndNobodyIsRefused() throws Exception {
    try (KeyServer server = new KeyServer(folder)) {
      server.publish(KEY);
      server.isBroken(true);
      CompanyTokens tokens = tokens(server);
      unavailable(() -> tokens.find(signed(claims("boss"))));
      int tries = server.asked();
      for (int i = 0; i < 100; i++) {
        unavailable(() -> tokens.find(signed(claims("boss"))));
        unavailable(() -> tokens.find("a.b.c"));
      }
      assertThat(server.asked()).isEqualTo(tries).isPositive();
      server.isBroken(false);
      clock.advance(CompanyKeys.PAUSE);
      assertThat(tokens.find(signed(claims("boss")))).isPresent();
      assertThat(tokens.find("a.b.c")).isEmpty();
    }
  }

  @Test
  void keysThatCannotBeFetchedAgainAreStillTaken() throws Exception {
    try (KeyServer server = new KeyServer(folder)) {
      server.publish(KEY);
      server.keptFor(1);
      CompanyTokens tokens = tokens(server);
      assertThat(tokens.find(signed(claims("boss")))).isPresent();
      server.isBroken(true);
      int before = server.asked();
      while (server.asked() == before) {
        assertThat(tokens.find(signed(claims("boss")))).isPresent();
      }
      assertThat(tokens.find(signed(claims("boss")))).isPresent();
      assertThat(tokens.find(signed(rsa("new"), "RS256", claims("boss")))).isEmpty();
    }
  }

  @Test
  void onlySomeWaitForAProviderThatHangs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService callers = Executors.newCachedThreadPool();
    try (KeyServer server = new KeyServer(folder)) {
      server.publish(KEY);
      server.onAsked(() -> awaitUninterruptibly(end));
      CompanyTokens tokens = tokens(server);
      String token = signed(claims("boss"));
      CompletionService<Boolean> answers = new ExecutorCompletionService<>(callers);
      for (int i = 0; i < CompanyKeys.MOST_WAITING + 10; i++) {
        answers.submit(() -> isFound(tokens, token));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(answers.take().get()).isFalse();
      }
      end.countDown();
      for (int i = 0; i < CompanyKeys.MOST_WAITING; i++) {
        assertThat(answers.take().get()).isTrue();
      }
    } finally {
      end.countDown();
      callers.shutdownNow();
    }
  }

  private static boolean isFound(CompanyTokens tokens, String token) {
    try {
      return tokens.find(token).isPresent();
    } catch (ProblemException e) {
      return false;
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void keysInPemAreOfEachKind() throws Exception {
    Map<PublicJsonWebKey, String> kinds =
        Map.of(
            RsaJwkGenerator.generateJwk(2048), "PS384",
            EcJwkGenerator.generateJwk(EllipticCurves.P256), "ES256",
            EcJwkGenerator.generateJwk(EllipticCurves.P521), "ES512",
            OkpJwkGenerator.generateJwk("Ed25519"), "EdDSA");
    for (Map.Entry<PublicJsonWebKey, String> kind : kinds.entrySet()) {
      PublicJsonWebKey key = kind.getKey();
      CompanyTokens tokens = withFile(pem("PUBLIC KEY", key.getPublicKey().getEncoded()));
      assertThat(tokens.find(signed(key, kind.getValue(), claims("boss")))).isPresent();
      assertThat(tokens.find(signed(claims("boss")))).isEmpty();
    }
  }

  @Test
  void aFileMayHaveAJwkSetOrACertificate() throws Exception {
    CompanyTokens tokens = withFile(new JsonWebKeySet(KEY).toJson());
    assertThat(tokens.find(signed(claims("boss")))).isPresent();
    assertThat(tokens.find(signed(rsa("new"), "RS256", claims("boss")))).isEmpty();
    try (KeyServer server = new KeyServer(folder)) {
      // Nobody has signed with that key; that it is taken for one is enough.
      assertThat(withFile(Files.readString(server.certificate())).mayBe("a.b.c")).isTrue();
    }
  }

  @Test
  void aFileWithoutAPublicKeyStopsTheStart() {
    List<String> texts =
        List.of(
            "",
            "rubbish",
            "{}",
            "{\"keys\": []}",
            pem("PUBLIC KEY", new byte[100]),
            pem("PRIVATE KEY", KEY.getPrivateKey().getEncoded()));
    for (String text : texts) {
      assertThatThrownBy(() -> withFile(text))
          .as(text)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("captionary.jwt.key: " + folder.resolve("the key"))
          .hasMessageContaining("PEM");
    }
  }

  @Test
  void isOffUnlessConfigured() {
    CompanyTokens off = new CompanyTokens(Optional.empty(), clock);
    assertThat(off.mayBe(signed(claims("boss")))).isFalse();
    assertThat(off.find(signed(claims("boss")))).isEmpty();
  }

  @Test
  void tokensOfAnotherFormAreNone() throws IOException {
    CompanyTokens tokens = withPem();
    assertThat(tokens.mayBe(signed(claims("boss")))).isTrue();
    assertThat(tokens.mayBe("0123456789abcdef")).isFalse();
    assertThat(tokens.mayBe("a.b.c.d")).isFalse();
    assertThat(tokens.find("a.b.c")).isEmpty();
    assertThat(tokens.find("..")).isEmpty();
  }
}
