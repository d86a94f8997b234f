/* The limit of a client: what it costs, who is who, and that its memory has an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "../../searchd/limit.h"

static struct limit_client v4(uint32_t host)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(host)};
    return limit_client((const struct sockaddr *)&a, NULL);
}

static void test_bucket(void **state)
{
    struct limit *l = limit_new(60); /* a point a second */
    struct limit_client me = v4(0xCB007109), other = v4(0xCB00710A);
    struct limit_left left;
    (void)state;
    for (unsigned i = 0; i < 12; i++)
        assert_true(limit_take(l, &me, 5, 1000, &left)); /* a full bucket at first */
    assert_int_equal(left.points, 0);
    assert_int_equal(left.full_s, 60);
    assert_false(limit_take(l, &me, 5, 1000, &left));
    assert_int_equal(left.retry_s, 5);
    assert_true(limit_take(l, &other, 5, 1000, &left)); /* nobody else's */
    assert_false(limit_take(l, &me, 5, 5999, &left));   /* being refused costs nothing */
    assert_true(limit_take(l, &me, 5, 6001, &left));
    assert_true(
        limit_take(l, &me, 60, 10000000, &left)); /* it fills up to its size only */
    assert_false(limit_take(l, &me, 1, 10000000, &left));
    assert_true(
        limit_take(l, &me, 500, 20000000, &left));        /* dearer than a whole bucket */
    assert_false(limit_take(l, &me, 1, 19000000, &left)); /* a clock that goes back */
    limit_free(l);
}

static void test_memory(void **state)
{
    struct limit *l = limit_new(60);
    struct limit_client me = v4(1);
    struct limit_left left;
    (void)state;
    assert_true(limit_take(l, &me, 60, 1000, &left));
    for (uint32_t i = 2; i < 2000000; i++) { /* far more clients than places */
        struct limit_client who = v4(i);
        assert_true(limit_take(l, &who, 1, 1000, &left));
    }
    assert_false(limit_take(l, &me, 1, 1000, &left)); /* who has least is kept */
    limit_free(l);
}

static void test_clients(void **state)
{
    static const struct {
        const char *peer, *forwarded, *same_as, *why;
    } rows[] = {
        {"203.0.113.9", NULL, "203.0.113.9", "its own address"},
        {"203.0.113.9", "198.51.100.7", "203.0.113.9", "a stranger's word is not taken"},
        {"127.0.0.1", "198.51.100.7", "198.51.100.7", "the proxy's is"},
        {"127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7",
         "what the proxy itself saw"},
        {"127.0.0.1", "198.51.100.7:4711", "198.51.100.7", "with its port"},
        {"::1", "[2001:db8::1]:4711", "2001:db8::1", "in brackets"},
        {"::1", "2001:db8::1", "2001:db8::2", "one subscriber has a /64"},
        {"2001:db8::1", NULL, "2001:db8::ffff", "also directly"},
        {"::ffff:203.0.113.9", NULL, "203.0.113.9", "an IPv4 address in IPv6"},
        {"::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7", "a proxy so"},
        {"127.0.0.1", "unknown", "127.0.0.1", "no address"},
        {"127.0.0.1", "", "127.0.0.1", "nothing"},
        {"127.0.0.1", ",", "127.0.0.1", "nothing twice"},
        {"127.0.0.1", "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20", "127.0.0.1",
         "too long"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sockaddr_storage peer[2];
        const char *names[] = {rows[i].peer, rows[i].same_as};
        memset(peer, 0, sizeof peer);
        for (size_t k = 0; k < 2; k++) {
            struct sockaddr_in *a = (struct sockaddr_in *)&peer[k];
            struct sockaddr_in6 *b = (struct sockaddr_in6 *)&peer[k];
            a->sin_family = AF_INET;
            if (inet_pton(AF_INET, names[k], &a->sin_addr) == 1) continue;
            b->sin6_family = AF_INET6;
            assert_int_equal(inet_pton(AF_INET6, names[k], &b->sin6_addr), 1);
        }
        struct limit_client one =
            limit_client((const struct sockaddr *)&peer[0], rows[i].forwarded);
        struct limit_client two = limit_client((const struct sockaddr *)&peer[1], NULL);
        if (memcmp(&one, &two, sizeof one) != 0) fail_msg("%s", rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bucket),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
