"""What has time waits while somebody is in a hurry, but never for ever."""

from concurrent.futures import ThreadPoolExecutor

from dispatch.services.leisure import Leisure


def test_nobody_waits_when_nobody_is_in_a_hurry():
    assert Leisure().give_way(0.0)


def test_who_has_time_goes_on_when_the_last_hurry_is_over():
    leisure = Leisure()
    with ThreadPoolExecutor(1) as threads:
        with leisure.hurry(), leisure.hurry():
            waiting = threads.submit(leisure.give_way, 10.0)
            assert not waiting.done()
        assert waiting.result(timeout=10)


def test_after_a_while_it_goes_on_all_the_same():
    leisure = Leisure()
    with leisure.hurry():
        assert not leisure.give_way(0.0)


def test_a_hurry_that_fails_is_over():
    leisure = Leisure()
    try:
        with leisure.hurry():
            raise RuntimeError
    except RuntimeError:
        pass
    assert leisure.give_way(0.0)
