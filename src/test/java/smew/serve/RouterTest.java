package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import smew.base.SmewException;

class RouterTest {

    private static Router router(String... templates) {
        return new Router(Stream.of(templates)
                .map(template -> new Route(
                        Route.Method.GET,
                        template,
                        Route.Access.ANYBODY,
                        List.of(),
                        List.of(Answer.JSON),
                        Shape.NOTHING,
                        Shape.OBJECT,
                        List.of(),
                        template,
                        _ -> Answer.json("")))
                .toList());
    }

    private static String template(Router router, String path) {
        Router.Match match = router.match(path);
        return match.routes().get(Route.Method.GET).route().template() + match.raw();
    }

    @Test
    void prefersALiteralAndFallsBackToAParameter() {
        Router router = router("/a/b", "/a/{x}", "/{y}/b/c", "/a/{x}/{z}");
        assertEquals("/a/b[]", template(router, "/a/b"));
        assertEquals("/a/{x}[c]", template(router, "/a/c"));
        assertEquals("/a/{x}/{z}[b, c]", template(router, "/a/b/c"));
        assertEquals("/{y}/b/c[d]", template(router, "/d/b/c"));
        assertThrows(SmewException.class, () -> router.match("/d/b"));
    }

    @Test
    void refusesTwoRoutesOfOnePath() {
        assertThrows(IllegalArgumentException.class, () -> router("/a/{x}", "/a/{y}"));
    }

    @Test
    void findsEveryRouteOfTheTable() {
        Router router = new Router(Routes.table());
        for (Route route : Routes.table()) {
            String path = route.template().replaceAll("[{].*?[}]", "x");
            assertEquals(route, router.match(path).routes().get(route.method()).route());
        }
    }
}
