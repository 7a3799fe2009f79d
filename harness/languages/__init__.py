"""What is said in Japanese, said in English: tables of sentences, and which of the two was asked for."""
