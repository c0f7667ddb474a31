"""What django-allauth is told of us, and the doors of its that we open."""
