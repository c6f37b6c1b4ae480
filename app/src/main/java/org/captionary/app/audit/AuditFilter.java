package org.captionary.app.audit;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.captionary.app.door.Caller;
import org.captionary.domain.access.AuditEntry;
import org.captionary.domain.access.AuditRepository;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Notes what admins do: before it is done, so that nothing is done without a trace, and then how it
 * ended. What others were refused is noted too, {@value Refusals#A_MINUTE} a minute at most.
 */
final class AuditFilter {

  private static final Logger LOG = Logger.getLogger(AuditFilter.class);
  private static final String ENTRY = AuditFilter.class.getName() + ".entry";
  private static final int FORBIDDEN = 403;

  private final AuditRepository audit;
  private final AdminActions actions = new AdminActions();
  private final Refusals refusals = new Refusals();
  private final SecurityIdentity caller;
  private final CurrentVertxRequest current;
  private final InstantSource clock;

  AuditFilter(
      AuditRepository audit,
      SecurityIdentity caller,
      CurrentVertxRequest current,
      InstantSource clock) {
    this.audit = audit;
    this.caller = caller;
    this.current = current;
    this.clock = clock;
  }

  @ServerRequestFilter
  void begin(ResourceInfo resource, ContainerRequestContext request) {
    actions
        .find(resource)
        .map(action -> entry(action, current.getCurrent()))
        .ifPresent(entry -> request.setProperty(ENTRY, audit.begin(entry)));
  }

  private AuditEntry entry(String action, RoutingContext exchange) {
    return new AuditEntry(
        0,
        clock.instant(),
        caller.getPrincipal().getName(),
        Caller.address(exchange),
        action,
        exchange.request().path(),
        OptionalInt.empty());
  }

  @ServerResponseFilter
  void end(
      ResourceInfo resource, ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(ENTRY) instanceof Long id) {
      end(id, target(response), response.getStatus());
    } else if (response.getStatus() == FORBIDDEN) {
      actions.find(resource).ifPresent(this::refused);
    }
  }

  /** Of what was made, its own. */
  private String target(ContainerResponseContext response) {
    return Optional.ofNullable(response.getHeaders().getFirst(HttpHeaders.LOCATION))
        .map(location -> URI.create(location.toString()).getPath())
        .orElseGet(() -> current.getCurrent().request().path());
  }

  private void end(long id, String target, int status) {
    try {
      audit.end(id, target, status);
    } catch (RuntimeException e) {
      // What was asked for is done or refused by now; only the outcome is missing.
      LOG.errorf("Entry %d of the audit log has no outcome, which was %d: %s", id, status, e);
    }
  }

  /** On another thread, as a refusal comes before there is one that may wait for the database. */
  private void refused(String action) {
    if (refusals.mayBeNoted(clock.instant())) {
      AuditEntry entry = entry(action, current.getCurrent());
      Infrastructure.getDefaultWorkerPool().execute(() -> note(entry));
    }
  }

  private void note(AuditEntry entry) {
    try {
      audit.end(audit.begin(entry), entry.target(), FORBIDDEN);
    } catch (RuntimeException e) {
      LOG.errorf("%s was refused %s, which cannot be noted: %s", entry.who(), entry.action(), e);
    }
  }
}
