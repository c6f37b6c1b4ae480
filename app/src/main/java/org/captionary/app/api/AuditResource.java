package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.access.AuditEntry;
import org.captionary.domain.access.AuditRepository;
import org.jboss.resteasy.reactive.RestQuery;

/** What admins did, the last first, page by page. */
@Path("/api/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class AuditResource {

  private static final int PAGE = 100;
  private static final int MOST = 1_000;

  private final AuditRepository audit;

  AuditResource(AuditRepository audit) {
    this.audit = audit;
  }

  /**
   * An entry on the wire.
   *
   * @param outcome the answer's status; null while it is under way, or if the node died over it
   */
  public record EntryView(
      long id,
      Instant at,
      String who,
      String address,
      String action,
      String target,
      Integer outcome) {

    static EntryView of(AuditEntry entry) {
      return new EntryView(
          entry.id(),
          entry.at(),
          entry.who(),
          entry.address(),
          entry.action(),
          entry.target(),
          entry.outcome().isPresent() ? entry.outcome().getAsInt() : null);
    }
  }

  /**
   * The next page, if there may be one, is in {@code Link}.
   *
   * @param before only entries with smaller ids; of all by default
   * @param limit entries of a page, {@value #PAGE} by default, {@value #MOST} at most
   */
  @GET
  public Response page(@RestQuery Long before, @RestQuery Integer limit) {
    int size = limit == null ? PAGE : limit;
    if (size < 1 || size > MOST) {
      throw ProblemException.badField("limit", limit, "a whole number from 1 to " + MOST);
    }
    List<AuditEntry> entries = audit.before(before == null ? Long.MAX_VALUE : before, size);
    Response.ResponseBuilder answer =
        Response.ok(entries.stream().map(EntryView::of).toList())
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    return entries.size() < size ? answer.build() : answer.links(next(entries, size)).build();
  }

  private static Link next(List<AuditEntry> entries, int size) {
    long last = entries.get(entries.size() - 1).id();
    return Link.fromUri("/api/admin/audit?before=%d&limit=%d".formatted(last, size))
        .rel("next")
        .build();
  }
}
