"""Rules on what the evidence bears: does the prose say more than its sources do?"""
