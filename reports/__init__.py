"""Views of one run, each derived from its journal alone: terminal summary, JUnit XML, JSON, Allure results."""
