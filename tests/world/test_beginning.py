"""Only a world that nobody has lived in yet begins with a burst of wishes."""

from dispatch.world.memory import Memory


def test_a_world_has_begun_once_it_remembers_a_unit(tmp_path):
    state = tmp_path / "world-state.json"
    assert Memory(state).is_blank
    Memory(state).keep("van-1", {"pack_wh": 1.0})
    assert not Memory(state).is_blank
